// Seals a report with suite 2, whose wrap also resists a quantum computer.
import { HYBRID_SUITE, HYBRID_WRAP_BYTES } from '../limits.ts'
import { sealerOf, type SealCek, type SealEnvelope } from './seal-envelope.ts'

/**
 * Returns a function that seals a report with suite 2, to the hybrid key of the epoch. Suite 1 may
 * still have room for a report that is too long for suite 2.
 *
 * @param sealCek  seals with X-Wing: hpkeSealHybrid in a browser
 */
export function hybridSealer(sealCek: SealCek): SealEnvelope {
  const seal = sealerOf(HYBRID_SUITE, HYBRID_WRAP_BYTES, sealCek)
  return (keys, header, reportJson, addMac) =>
    // The sealed JSON repeats the suite, so that staff notice a header that states a different
    // suite.
    seal(keys, header, reportJson.replace('{', `{"suite":${HYBRID_SUITE},`), addMac)
}
