// Chooses the numbers that come first, by their ids in contacts.json.

/**
 * The numbers for danger now: inside the country, for children there, and for its citizens abroad.
 */
export const URGENT = { inside: ['KG-01', 'KG-02'], child: ['KG-05'], abroad: ['KG-09'] } as const
