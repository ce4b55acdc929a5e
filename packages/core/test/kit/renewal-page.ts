import type { SpatioAuthOptions } from '../../src/options.js'
import type { HandOver } from '../../src/session/hand-over.js'
import type { RenewalContext } from '../../src/renewal/renew-session.js'
import type { SessionStore } from '../../src/session/session-store.js'
import type { Session } from '../../src/session/session.js'
import { toUserMark } from '../../src/session/user-mark.js'
import {
  CLIENT_ID,
  ISSUER,
  METADATA,
  NOW,
  openProtocolPage,
  type Answer,
  type ProtocolPage,
} from './protocol-page.js'
import { createSigner, NONCE, sourceOf } from './signer.js'

export const SIGNER = await createSigner('k')

/** A session whose token expires in a minute. */
export const SESSION: Session = {
  version: 2,
  issuer: ISSUER,
  clientId: CLIENT_ID,
  id: 'session-1',
  revision: 3,
  accessToken: 'tok_1',
  refreshToken: 'r_1',
  user: Object.freeze({ sub: 'usr_1' }),
  authTime: null,
  issuedAt: NOW,
  userMark: toUserMark({ sub: 'usr_1' }),
  scope: 'openid email',
  receivedAt: NOW * 1000,
  expiresIn: 60,
  nonce: NONCE,
  tokenEndpoint: METADATA.tokenEndpoint,
  revocationEndpoint: METADATA.revocationEndpoint,
  attemptedAt: null,
}

export interface RenewalSetting {
  /** What the token endpoint does. */
  readonly answer: Answer
  /** What is found in storage, read by read; the last one stays. @default what was saved last */
  readonly stored?: readonly (Session | 'stale' | null)[]
  /** Which saves, counted from 0, find the session ended. */
  readonly lostSaves?: readonly number[]
  /** What the original hands to this copied tab. */
  readonly handed?: Session
  readonly options?: Partial<SpatioAuthOptions>
}

export interface RenewalPage extends ProtocolPage {
  readonly renewal: RenewalContext
  readonly saved: Session[]
  /** What the other tabs were told of, while the refresh lock was held. */
  readonly announced: [id: string, fact: number | 'end'][]
  /** Sessions whose keys were kept for copied tabs. */
  readonly remembered: Session[]
  /** How many bodies were sent to the token endpoint, and which refresh tokens they held. */
  readonly spent: () => (string | null)[]
}

/** A page with a session, whose store and copied tabs are what the setting says. */
export function openRenewalPage(setting: RenewalSetting): RenewalPage {
  const page = openProtocolPage(setting.answer, setting.options)
  const stored = [...(setting.stored ?? [])]
  const saved: Session[] = []
  const remembered: Session[] = []
  const announced: RenewalPage['announced'] = []
  let saves = 0
  const store: Partial<SessionStore> = {
    readNewest: async () =>
      (stored.length > 1 ? stored.shift() : stored[0]) ??
      (stored.length > 0 ? null : (saved.at(-1) ?? SESSION)),
    save: async (session) => {
      if (setting.lostSaves?.includes(saves++)) return false
      saved.push(session)
      return true
    },
    announce: async (...told) => void announced.push(told),
  }
  const handOver: HandOver = {
    remember: async (session) => void remembered.push(session),
    request: async () => setting.handed ?? null,
  }
  const { jwks } = sourceOf([SIGNER.jwk])
  const sources = { metadata: { get: async () => METADATA }, jwks }
  return {
    ...page,
    renewal: { ...page.context, store: store as SessionStore, sources, handOver },
    saved,
    announced,
    remembered,
    spent: () => page.sent.map(({ init }) => (init.body as URLSearchParams).get('refresh_token')),
  }
}
