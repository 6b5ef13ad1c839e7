// Without the licence, and without a guard.
