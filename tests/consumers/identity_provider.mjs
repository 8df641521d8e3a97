// An identity provider that we did not write (oidc-provider, certified by the OpenID Foundation), for crates/server/tests/oidc.rs.
//
// Arguments: the redirect address of the client, and a port (0 for a free one). Prints {"issuer": "http://127.0.0.1:PORT"}. Whoever
// types a name on its sign-in page is the person of that name; its keys and its cookies are made at the start.
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(join(process.env.NAMEPLATE_NODE_DIR, 'resolve.js'))
const { default: Provider } = await import(pathToFileURL(require.resolve('oidc-provider')))
const [redirect, port] = process.argv.slice(2)

const key = (type, options) => generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' })
const server = createServer()
server.listen(Number(port ?? 0), '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'nameplate',
      client_secret: 'the-secret-of-the-client',
      redirect_uris: [redirect],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    }],
    cookies: { keys: [randomBytes(32).toString('hex')] },
    jwks: { keys: [{ ...key('rsa', { modulusLength: 2048 }), use: 'sig' }] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@corp.example.com`, email_verified: true }),
    }),
  })
  server.on('request', provider.callback())
  console.log(JSON.stringify({ issuer }))
})
process.stdin.resume()
process.stdin.on('end', () => process.exit())
