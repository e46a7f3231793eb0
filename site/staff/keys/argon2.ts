// A chunk of its own, so that the stretching's WebAssembly is fetched only when somebody types a passphrase.
export { argon2id } from 'hash-wasm'
