"""Released figures as people read them: a drawing, a table and a plain sentence, wherever a desk shows them."""
