/** Does `work` for every item, begun in their order, `many` at a time. Rejects with the first failure; the rest is still worked through. */
export async function atOnce<Item>(
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
