// Reads a capture (tcpdump's classic pcap format, link type Ethernet) and counts the packets of
// each TCP connection. A retransmitted packet counts again, as it does for a box on the path.

export interface Packet {
  /** milliseconds since 1970 */
  at: number
  from: string
  to: string
  /** bytes of TCP payload */
  payload: number
  /** SYN without ACK: a client requests a connection */
  opens: boolean
  /** length of the IP packet */
  length: number
}

export interface Connection {
  client: string
  server: string
  openedAt: number
  /** payload packets from client to server, and back */
  up: number
  down: number
  /** all packets, including acknowledgements and the handshake */
  all: number
}

const FILE_HEADER = 24
const RECORD_HEADER = 16
const ETHERNET = 14
const LINK_ETHERNET = 1
const IPV4 = 0x0800
const TCP = 6
const SYN = 0x02
const ACK = 0x10
/** The number of time units in a second, keyed by the magic number of the capture. */
const FRACTIONS: Readonly<Record<number, number>> = { 0xa1b2c3d4: 1e6, 0xa1b23c4d: 1e9 }

const addressAt = (view: DataView, at: number): string =>
  [0, 1, 2, 3].map((each) => view.getUint8(at + each)).join('.')

/** Reads one Ethernet frame. @returns null unless it is TCP over IPv4 with complete headers */
function packetIn(frame: DataView, at: number): Packet | null {
  if (frame.byteLength < ETHERNET + 20 || frame.getUint16(12) !== IPV4) return null
  const ip = ETHERNET
  const tcp = ip + (frame.getUint8(ip) & 0x0f) * 4
  // A later fragment has no TCP header.
  if (frame.getUint8(ip + 9) !== TCP || (frame.getUint16(ip + 6) & 0x1fff) !== 0) return null
  if (frame.byteLength < tcp + 20) return null
  const length = frame.getUint16(ip + 2)
  const flags = frame.getUint8(tcp + 13)
  return {
    at,
    from: `${addressAt(frame, ip + 12)}:${frame.getUint16(tcp)}`,
    to: `${addressAt(frame, ip + 16)}:${frame.getUint16(tcp + 2)}`,
    payload: length - (tcp - ip) - (frame.getUint8(tcp + 12) >> 4) * 4,
    opens: (flags & (SYN | ACK)) === SYN,
    length,
  }
}

/**
 * Returns the TCP packets of a capture, in order, without a final record that tcpdump is still
 * writing.
 *
 * @throws when the capture has another format
 */
export function readCapture(bytes: Uint8Array): Packet[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < FILE_HEADER) throw new Error('the capture has no header')
  const little = FRACTIONS[view.getUint32(0, true)] !== undefined
  const fractions = FRACTIONS[view.getUint32(0, little)]
  if (fractions === undefined) throw new Error('not a pcap capture')
  if (view.getUint32(20, little) !== LINK_ETHERNET) throw new Error('not a capture of Ethernet')
  const packets: Packet[] = []
  for (let at = FILE_HEADER; at + RECORD_HEADER <= bytes.length;) {
    const kept = view.getUint32(at + 8, little)
    const start = at + RECORD_HEADER
    if (start + kept > bytes.length) break
    const seconds = view.getUint32(at, little) + view.getUint32(at + 4, little) / fractions
    const frame = new DataView(bytes.buffer, bytes.byteOffset + start, kept)
    const packet = packetIn(frame, seconds * 1000)
    if (packet) packets.push(packet)
    at = start + kept
  }
  return packets
}

/** Returns the connections that were opened during a capture, in order. */
export function connectionsOf(packets: Packet[]): Connection[] {
  const connections: Connection[] = []
  const open = new Map<string, Connection>()
  for (const { at, from, to, payload, opens } of packets) {
    const known = open.get(`${from} ${to}`) ?? open.get(`${to} ${from}`)
    // Until the client has sent payload, a repeated SYN belongs to the same attempt. After payload,
    // a SYN opens a new connection.
    if (opens && (known === undefined || known.up > 0)) {
      const begun = { client: from, server: to, openedAt: at, up: 0, down: 0, all: 1 }
      open.set(`${from} ${to}`, begun)
      connections.push(begun)
    } else if (known !== undefined) {
      known.all += 1
      if (payload > 0) known[from === known.client ? 'up' : 'down'] += 1
    }
  }
  return connections
}
