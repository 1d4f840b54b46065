"""Figures as others read them: each format is written from one `table.Table`, so none can say more than another."""
