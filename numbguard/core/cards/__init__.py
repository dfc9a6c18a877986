"""Break cards: their motions, routines, packs and drafts."""
