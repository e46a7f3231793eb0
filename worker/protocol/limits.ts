// Contains every length, time and count of the wire contract, in bytes, days and milliseconds.
export const VERSION = 1
/** The suite that every browser supports: its wrap is sealed with DHKEM(P-256). */
export const SUITE = 1
/** The suite with a post-quantum KEM: its wrap is sealed with X-Wing, ML-KEM-768 with X25519. */
export const HYBRID_SUITE = 2

/**
 * The three possible lengths of an envelope. A length reveals only the smallest size that fits the
 * words. An HTTP/2 frame and a TLS 1.3 record add 31 bytes to an envelope. An envelope therefore
 * takes 3, 5 or 10 packets of 1,448 bytes (RFC 9113, section 4.1; RFC 8446, section 5.2).
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
/** Length of a wrap of suite 1: key id (8) ‖ enc (65) ‖ sealed CEK (48). */
export const WRAP_BYTES = 121
/** Length of a wrap of suite 2: key id (8) ‖ enc (1,120) ‖ sealed CEK (48). */
export const HYBRID_WRAP_BYTES = 1176
/** Length of a hybrid key: ML-KEM-768 (1,184) ‖ X25519 (32). */
export const HYBRID_KEY_BYTES = 1216
/** Length of HPKE's `enc` for a hybrid key: ML-KEM-768 (1,088) ‖ X25519 (32). */
export const HYBRID_ENC_BYTES = 1120
/** Length of the seed from which both private halves of a hybrid key are derived. */
export const HYBRID_SEED_BYTES = 32
export const LENGTH_BYTES = 4

/** Number of bytes in a suite 1 envelope, not counting the report's JSON and its padding. */
export const ENVELOPE_OVERHEAD = HEADER_BYTES + LENGTH_BYTES + TAG_BYTES + WRAP_BYTES
/** The maximum length of the JSON in a suite 1 report, in UTF-8 bytes. */
export const MAX_REPORT_BYTES = MAX_ENVELOPE_BYTES - ENVELOPE_OVERHEAD
/**
 * The maximum length of the free text that a page accepts, in UTF-8 bytes. The other fields share
 * the remaining bytes.
 */
export const MAX_TEXT_BYTES = 12000
/** The maximum length of a short field (place, contact), in characters. */
export const MAX_FIELD_CHARS = 160

/** Length of every inbox response: a reply, nonce (12) ‖ AES-256-GCM, or noise. */
export const REPLY_BYTES = 4096
export const REPLY_NONCE_BYTES = 12
/** The maximum length of a reply's JSON, in UTF-8 bytes. */
export const MAX_REPLY_BYTES = REPLY_BYTES - REPLY_NONCE_BYTES - TAG_BYTES - LENGTH_BYTES
/** Maximum number of replies in one thread, with indexes from 0 to MAX_REPLIES − 1. */
export const MAX_REPLIES = 64
/**
 * The first index that no reply can have. A mark at this index shows that a colleague is reading
 * the messages now.
 */
export const READING_INDEX = 64
/**
 * Maximum number of follow-ups in one thread. A later follow-up becomes a separate report. Staff
 * can therefore always load a complete thread.
 */
export const MAX_FOLLOW_UPS = 64

/** Maximum number of files that one report, follow-up or reply can list. */
export const MAX_FILES = 10
/** The maximum size of a file, in bytes. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024
/**
 * The maximum size of a file in a form, in bytes. The edge keeps such a file in memory and seals it
 * within its 10 ms of CPU time.
 */
export const MAX_FORM_FILE_BYTES = 3 * 1024 * 1024
/** Length of a file id: owner (16) ‖ position in the list (1); see fileId. */
export const FILE_ID_BYTES = 17
/**
 * Number of plaintext bytes in a chunk: the usual number, and a lower one for unreliable
 * connections.
 */
export const CHUNK_SIZES = [65536, 8192] as const

export const RECEIPT_DIGITS = 28

/** Length of the random name of a visit. */
export const VISIT_BYTES = 8

/**
 * Number of days after a manifest's last day during which pages still use it and the edge accepts
 * it.
 */
export const GRACE_DAYS = 30

/** The minimum cost of a passphrase with Argon2id (RFC 9106), which runs in one lane. */
export const ARGON2_FLOOR = { memoryKib: 64 * 1024, passes: 3 } as const

/** The grades of a report, from the lowest, for no proof of work, to the highest. */
export const GRADES = [0, 1, 2, 3] as const
export type Grade = (typeof GRADES)[number]
/** Numbers of leading zero bits in a proof of work at which grades 1, 2 and 3 begin. */
export const GRADE_BITS = [16, 19, 22] as const
/** Number of leading zero bits at which a page ends its search. */
export const PROOF_GOAL_BITS = 22
/** The grade of a report whose sender passed the Turnstile check. */
export const CHECKED_GRADE = 2

/** The maximum length of a Turnstile token, in bytes. */
export const MAX_TOKEN_BYTES = 2048
/**
 * The action that the site's page passes to Turnstile. A token for a different action is refused.
 */
export const CHECK_ACTION = 'report'

/**
 * Number of digits needed to open a page that has left the organisation with a referral; 10^24 is
 * about 2^79.7.
 */
export const OPENING_DIGITS = 24

export const DAY_MS = 86_400_000
