// Lists the attributes whose words a person hears or reads, and the form's address, which contains
// a language. The build pairs these words, and the language's tool replaces them.
export const SPOKEN = ['aria-label', 'title', 'alt', 'action']
