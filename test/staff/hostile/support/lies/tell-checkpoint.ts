// Lies about checkpoints: withheld, emptied and changed checkpoints, and cases that are left out.
import { concat, randomBytes, type Bytes } from '#protocol/bytes'
import { HEAD_BYTES } from '#protocol/staff/ledger/checkpoint-leaves'
import { type Lie, type MakeLie } from '../hostile-server.ts'

const OF_CHECKPOINTS = ['checkpoint', 'checkpoint', 'compare', 'openCase'] as const

const missing = (): Response => Response.json({ error: { code: 'not_found' } }, { status: 404 })

/** Withholds every checkpoint, so that other lies are judged without one. */
export const hideCheckpoint: MakeLie = (): Lie => ({
  ...{ name: 'no checkpoint', on: /^GET checkpoints\//, isSteady: true },
  tell: () => Promise.resolve(missing()),
})

/** Withholds checkpoints, or shows altered bytes. */
export const changeCheckpoint: MakeLie = ({ chance }): Lie => {
  const on = chance.one([
    /^GET checkpoints\//,
    /^GET checkpoints\/\d+$/,
    /^GET checkpoints\/\d+\/\d+$/,
  ])
  const how = chance.one(['missing', 'empty', 'noise', 'cut'] as const)
  return {
    ...{ name: `a checkpoint: ${how}`, on, about: { acts: OF_CHECKPOINTS } },
    tell: async (_sent, pass) => {
      if (how === 'missing') return missing()
      const answer = await pass()
      if (!answer.ok) return answer
      const bytes = new Uint8Array(await answer.arrayBuffer())
      return new Response(changed(bytes, how))
    },
  }
}

function changed(bytes: Bytes, how: 'empty' | 'noise' | 'cut'): Bytes {
  if (how === 'empty') return new Uint8Array(0)
  if (how === 'noise') return randomBytes(bytes.length)
  return bytes.slice(0, -32)
}

/** Omits a case from the heads, or shows an older head. */
export const hideHead: MakeLie = ({ chance }): Lie => {
  const at = chance.below(8)
  return {
    ...{ name: 'a hidden case', on: /^GET case-heads/, about: { acts: OF_CHECKPOINTS } },
    tell: async (_sent, pass) => {
      const answer = await pass()
      if (!answer.ok) return answer
      const heads = new Uint8Array(await answer.arrayBuffer())
      const [from, to] = [at * HEAD_BYTES, (at + 1) * HEAD_BYTES]
      return new Response(concat(heads.slice(0, from), heads.slice(to)))
    },
  }
}
