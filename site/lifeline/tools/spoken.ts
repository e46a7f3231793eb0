// Lists the attributes whose words a person hears or reads, and the attribute for form addresses,
// which contain a language. The build pairs these words with their translations, and the tool for a
// language replaces them.
export const SPOKEN = ['aria-label', 'title', 'alt', 'action']
