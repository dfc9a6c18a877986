"""Break cards: their files, motions and pictures, and the routines, packs and drafts made of them."""
