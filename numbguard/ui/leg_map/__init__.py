"""The map of the legs: where a person clicks or looks to say and see which part is numb."""
