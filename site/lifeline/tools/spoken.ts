// Lists the attributes whose words a person hears or reads, and the form's address, which contains
// a language. The build pairs their words, and the tool of a language replaces them.
export const SPOKEN = ['aria-label', 'title', 'alt', 'action']
