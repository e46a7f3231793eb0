/**
 * Runs `work` for every item, `many` items at a time, starting in list order. Rejects with the
 * first failure; the other items are still processed.
 */
export async function inParallel<Item>(
  many: number,
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values()
  const takeTurns = async (): Promise<void> => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: many }, takeTurns))
}
