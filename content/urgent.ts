// The numbers for danger now, by their ids in contacts.json: inside the country, and for its citizens in any other.
export const URGENT = { inside: ['KG-01', 'KG-02'], abroad: ['KG-09'] } as const
