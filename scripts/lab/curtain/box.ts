// Writes the middlebox as nftables rules. The box freezes each connection forever, in both
// directions, after a fixed number of payload packets. The box does not count packets without
// payload (handshake, acknowledgements), because real boxes do not count them either.

const TABLE = 'ip curtain'
const SHORTEST_HEADERS = 5
const LONGEST_HEADERS = 15

/** Matches packets with payload: longer than the IP header (20 bytes) plus the TCP header. */
const withPayload = (): string => {
  const lengths = []
  for (let words = SHORTEST_HEADERS; words <= LONGEST_HEADERS; words++)
    lengths.push(`${words} . ${20 + words * 4 + 1}-65535`)
  return `ip hdrlength 5 tcp doff . ip length { ${lengths.join(', ')} }`
}

/**
 * Stores the count in the mark of each connection. Drops the packet at the bound and every later
 * packet.
 */
export function freezeAfter(bound: number): string {
  const counting = Array.from({ length: bound }, (_, count) => `${count} : ${count + 1}`)
  return `
    table ${TABLE} {
      set frozen { type ipv4_addr . inet_service; size 65535; flags dynamic; }
      chain known {
        ct direction original add @frozen { ip saddr . tcp sport }
        ct direction reply add @frozen { ip daddr . tcp dport }
      }
      chain way {
        type filter hook forward priority 0; policy accept;
        meta l4proto != tcp accept
        ct state invalid drop
        ct mark ${bound} ${withPayload()} jump known
        ct mark ${bound} drop
        ${withPayload()} ct mark set ct mark map { ${counting.join(', ')} }
      }
    }`
}

export const unfreeze = `delete table ${TABLE}`
export const listFrozen = ['-j', 'list', 'set', ...TABLE.split(' '), 'frozen']

interface Listed {
  nftables: { set?: { elem?: { concat: [string, number] }[] } }[]
}

/** Returns the `ip:port` of each client that has lost payload, from the output of `listFrozen`. */
export const frozenIn = (json: string): Set<string> =>
  new Set(
    (JSON.parse(json) as Listed).nftables
      .flatMap(({ set }) => set?.elem ?? [])
      .map(({ concat: [address, port] }) => `${address}:${port}`),
  )
