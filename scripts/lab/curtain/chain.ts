// Makes an ECDSA certificate chain like those of the public certificate authorities. The chain has
// a leaf, an intermediate, and a root that an older RSA root has cross-signed. Only the size of the
// chain matters here. The browser is given the leaf's public key, and does not consult an
// authority.
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Chain {
  keyFile: string
  chainFile: string
  /** total bytes of the certificates sent */
  bytes: number
  /** SHA-256 of the leaf's public key, base64 */
  spki: string
}

/** The length of two signed timestamps, as in real certificates. */
const TIMESTAMPS_BYTES = 242
const HOST = 'http://authority.example'

const authority = (name: string, above: string): string[] => [
  `[${name}]`,
  'basicConstraints = critical, CA:TRUE',
  'keyUsage = critical, digitalSignature, keyCertSign, cRLSign',
  'extendedKeyUsage = serverAuth, clientAuth',
  'subjectKeyIdentifier = hash',
  'authorityKeyIdentifier = keyid',
  `authorityInfoAccess = caIssuers;URI:${HOST}/repository/${above}.crt`,
  `crlDistributionPoints = URI:${HOST}/lists/${above}.crl`,
  'certificatePolicies = 2.23.140.1.2.1',
]

const settings = (names: string[]): string =>
  [
    '[req]',
    'distinguished_name = name',
    '[name]',
    '[old]',
    'basicConstraints = critical, CA:TRUE',
    'subjectKeyIdentifier = hash',
    ...authority('root', 'old'),
    ...authority('middle', 'root'),
    '[leaf]',
    'basicConstraints = critical, CA:FALSE',
    'keyUsage = critical, digitalSignature',
    'extendedKeyUsage = serverAuth',
    'subjectKeyIdentifier = hash',
    'authorityKeyIdentifier = keyid',
    `authorityInfoAccess = OCSP;URI:${HOST}/status/leaf, ` +
      `caIssuers;URI:${HOST}/repository/middle.crt`,
    `subjectAltName = ${names.map((name) => `DNS:${name}`).join(', ')}`,
    'certificatePolicies = 2.23.140.1.2.1',
    `crlDistributionPoints = URI:${HOST}/lists/middle.crl`,
    '1.3.6.1.4.1.11129.2.4.2 = ASN1:FORMAT:HEX,OCTETSTRING:' +
      randomBytes(TIMESTAMPS_BYTES).toString('hex'),
    '',
  ].join('\n')

const ec = (curve: string): string[] => ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${curve}`]

/** Makes a new chain in `folder` for these host names. */
export function makeChain(folder: string, names: string[]): Chain {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = (name: string): string => join(folder, name)
  writeFileSync(file('settings.cnf'), settings(names))
  const certificate = (name: string, subject: string, key: string[], signer?: string): void => {
    const signed = signer ? ['-CA', file(`${signer}.pem`), '-CAkey', file(`${signer}.key`)] : []
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-sha256', '-days', '90', '-nodes', '-config', file('settings.cnf')],
        ...['-extensions', name, '-subj', subject, ...key, ...signed],
        ...['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)],
      ],
      { stdio: 'pipe' },
    )
  }
  certificate('old', '/C=ZZ/O=Older Authority/CN=Older Root', ['-newkey', 'rsa:2048'])
  certificate('root', '/C=ZZ/O=Authority Services/CN=Root R4', ec('P-384'), 'old')
  certificate('middle', '/C=ZZ/O=Authority Services/CN=WE1', ec('P-256'), 'root')
  certificate('leaf', `/CN=${names[0] ?? ''}`, ec('P-256'), 'middle')

  const sent = ['leaf', 'middle', 'root'].map((name) => readFileSync(file(`${name}.pem`), 'utf8'))
  writeFileSync(file('chain.pem'), sent.join(''))
  const certificates = sent.map((pem) => new X509Certificate(pem))
  const [leaf] = certificates
  if (leaf === undefined) throw new Error('no leaf')
  return {
    keyFile: file('leaf.key'),
    chainFile: file('chain.pem'),
    bytes: certificates.reduce((sum, { raw }) => sum + raw.length, 0),
    spki: createHash('sha256')
      .update(leaf.publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64'),
  }
}
