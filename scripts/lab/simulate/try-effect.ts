// Runs the effect of a storage call, and passes the effect's outcome to the caller. The trace of a
// world shows the store's response in a few words.

/** The two functions that end a call for its caller: with a value or with an error. */
export interface CallEnds<T> {
  answer: (value: T) => void
  fail: (error: unknown) => void
}

export interface EffectOutcome<T> {
  result: string
  value?: T
  error?: unknown
}

/** Returns the value of an effect, or the error that it threw. */
export function tryEffect<T>(effect: () => T): EffectOutcome<T> {
  try {
    const value = effect()
    return { result: described(value), value }
  } catch (error) {
    return { result: 'throws', error }
  }
}

/** Ends a call with the outcome of its effect. @returns a short description of the outcome */
export function settleCall<T>({ answer, fail }: CallEnds<T>, outcome: EffectOutcome<T>): string {
  if (outcome.error === undefined) answer(outcome.value as T)
  else fail(outcome.error)
  return outcome.result
}

const isResult = (value: unknown): value is { results: unknown[] } =>
  typeof value === 'object' && value !== null && 'results' in value && Array.isArray(value.results)

/** Describes a store's response briefly. */
function described(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value))
    return value.every(isResult) ? value.map(described).join(' + ') : `${value.length} values`
  if (typeof value !== 'object') return 'a value'
  if (isResult(value)) return `${value.results.length} rows`
  if ('objects' in value && Array.isArray(value.objects)) return `${value.objects.length} objects`
  return 'found'
}
