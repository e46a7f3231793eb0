// Every size and time of the wire contract, in bytes, days and milliseconds.
export const VERSION = 1
export const SUITE = 1

/**
 * The three lengths of an envelope: what is sent tells only which of them the words fit into. With the 31 bytes of its HTTP/2 frame and its
 * TLS 1.3 record each fills whole packets of 1,448 bytes: 3, 5 and 10 (RFC 9113, section 4.1; RFC 8446, section 5.2).
 */
export const ENVELOPE_SIZES = [4096, 7168, 14336] as const
export const MAX_ENVELOPE_BYTES = 14336

export const ID_BYTES = 16
export const HASH_BYTES = 32
export const TOKEN_BYTES = 32
export const LOOKUP_BYTES = 16
export const KEY_ID_BYTES = 8
export const CEK_BYTES = 32
export const TAG_BYTES = 16

export const HEADER_BYTES = 120
/** key id (8) ‖ enc (65) ‖ sealed CEK (48) */
export const WRAP_BYTES = 121
export const WRAPS = 2
export const LENGTH_BYTES = 4

/** What an envelope spends on everything but the report's JSON. */
export const ENVELOPE_OVERHEAD = HEADER_BYTES + LENGTH_BYTES + TAG_BYTES + WRAPS * WRAP_BYTES
/** The longest JSON, in UTF-8 bytes, that one report can hold. */
export const MAX_REPORT_BYTES = MAX_ENVELOPE_BYTES - ENVELOPE_OVERHEAD
/** The longest free text, in UTF-8 bytes, that the forms accept; the rest is for the other fields. */
export const MAX_TEXT_BYTES = 12000
/** The longest short field (place, contact), in characters. */
export const MAX_FIELD_CHARS = 160

/** Every answer of the inbox has this length: nonce (12) ‖ AES-256-GCM. */
export const ANSWER_BYTES = 4096
export const ANSWER_NONCE_BYTES = 12
/** The longest answer's JSON, in UTF-8 bytes. */
export const MAX_ANSWER_BYTES = ANSWER_BYTES - ANSWER_NONCE_BYTES - TAG_BYTES - LENGTH_BYTES
/** Answers a thread can hold; slots are 0 to MAX_SLOTS − 1. */
export const MAX_SLOTS = 64
/** Follow-ups a thread can hold; later ones become reports of their own, so that a thread can always be opened. */
export const MAX_FOLLOW_UPS = 64

/** Files that one report, follow-up or answer can list. */
export const MAX_FILES = 10
export const MAX_FILE_BYTES = 20 * 1024 * 1024
/** The largest file that a plain form can carry: the edge holds it in memory, and seals it within its 10 ms of CPU. */
export const MAX_PLAIN_FILE_BYTES = 3 * 1024 * 1024
/** id of the envelope or answer that lists the file (16) ‖ its place in the list (1) */
export const FILE_ID_BYTES = 17
/** Plaintext of a chunk: the usual one, and the one for a link that breaks often. */
export const CHUNK_SIZES = [65536, 8192] as const

export const RECEIPT_DIGITS = 28

/** Days after a manifest's last day during which a page still seals with it and the edge still accepts it. */
export const GRACE_DAYS = 30

/** The least stretching of a passphrase: Argon2id (RFC 9106), KiB of memory and passes, one lane. */
export const ARGON2_FLOOR = { memoryKib: 64 * 1024, passes: 3 } as const

/** Leading zero bits that a proof of work must show. */
export const PROOF_BITS = 16

/** The longest Turnstile token. */
export const MAX_TOKEN_BYTES = 2048
/** What the page names its check; a token for anything else is not ours. */
export const CHECK_ACTION = 'report'

export const DAY_MS = 86_400_000

/** Days since 1 January 1970, UTC. */
export const dayNumber = (ms: number): number => Math.floor(ms / DAY_MS)
