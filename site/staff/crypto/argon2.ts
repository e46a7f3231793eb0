// A separate script, so that Argon2's WebAssembly is fetched only when a person enters a
// passphrase.
export { argon2id } from 'hash-wasm'
