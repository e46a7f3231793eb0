// Several choices of one question, kept in one field: values are codes without spaces.

/** One more choice. */
export const choose = (chosen: string, value: string): string => `${chosen} ${value}`

/** The choices in a field; none when it is missing or empty. */
export const chosen = (field: string | undefined): string[] =>
  (field ?? '').split(/\s+/).filter(Boolean)
