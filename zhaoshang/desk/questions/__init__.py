"""How questions and answers are written on the desk: words, links that change a question, tables, drawings, files."""
