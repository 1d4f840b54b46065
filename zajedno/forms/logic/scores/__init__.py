"""Ways of scoring: named functions, each with its source and worked examples. A form's facts name the one it uses."""
