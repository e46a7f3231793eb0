// Lists the attributes whose words a person hears or reads, and the address of a form, which holds
// a language. The build pairs their words, and the tool of a language replaces them.
export const SPOKEN = ['aria-label', 'title', 'alt', 'action']
