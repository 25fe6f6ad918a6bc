// What a result carries so that anybody can check, in time linear in the pairs, that no better result exists.

/**
 * Dual prices, one kind per step of the objective. Arrays follow the canonical order: mentees by id, mentors by
 * personId, both ascending by UTF-16 code units. All values are whole numbers.
 * Sources: Koenig 1931 and Hall 1935 (steps 1 to 3), Egervary 1931 and Kuhn 1955 (step 4),
 * Harvey, Ladner, Lovasz, Tamir 2006 (step 5).
 */
export interface Certificate {
  /** Steps 1, 2. Per mentor: the strongest claim among the unserved who compete for their places; 0 where nobody does. */
  readonly claims: readonly number[];
  /** Step 3. Mentees (indexes) too many for the places they could have at a better lowest score. */
  readonly crowd: readonly number[];
  /** Step 4. Points per mentee and per mentor: together at least the score of every pair, exactly that of a chosen one. */
  readonly menteePrices: readonly number[];
  readonly mentorPrices: readonly number[];
  /** Step 5. Per mentor: the largest load from which a place could be moved here; 0 where none could. */
  readonly loads: readonly number[];
}
