"""`./dev package` and `./dev release`: NumbGuard's packages from the last commit, and what goes out with them.

`packaging/` contains the files that a package takes as they are; this folder contains what makes the others.
"""
