import { MockServerError } from '../mock-server-error.js'

/** A person who can sign in. The members are the claims of Spatio's `UserInfoResponse`. */
export interface MockUser {
  /** Stable for the user's lifetime. */
  sub: string
  name?: string
  given_name?: string
  family_name?: string
  preferred_username?: string
  email?: string
  email_verified?: boolean
  /** Absolute, or a path the mock serves: `/avatars/{sub}.svg`. */
  picture?: string
  /** Seconds since the epoch. */
  updated_at?: number
  /** The workspace the user's tokens carry. */
  workspace_id?: string
  /** Further claims of the id_token and of userinfo, told whatever the scope. Ours: Spatio documents none. */
  claims?: Readonly<Record<string, unknown>>
}

/** The users of a mock. */
export interface UserStore {
  /** Adds a user, or replaces the one with the same `sub`. */
  add(user: MockUser): MockUser
  /**
   * Changes some members of a user; `undefined` takes one away.
   * @throws MockServerError `invalid_option` for a user that is not there
   */
  update(
    sub: string,
    changes: { [Name in keyof Omit<MockUser, 'sub'>]?: MockUser[Name] | undefined },
  ): MockUser
  /** True when there was one to remove. */
  remove(sub: string): boolean
  get(sub: string): MockUser | undefined
  /** In the order they were added, which is the order of the user picker. */
  list(): MockUser[]
}

/** People who do not exist, with every claim set. */
export const demoUsers: readonly MockUser[] = [
  toDemoUser('usr_mira', 'Mira', 'Okafor', 'wks_studio'),
  toDemoUser('usr_jonas', 'Jonas', 'Lindqvist', 'wks_studio'),
  toDemoUser('usr_yuki', 'Yuki', 'Tanabe', 'wks_home'),
]

// What the authority itself says in an id_token (OIDC Core 2): a user does not override it; a fault may.
const reservedClaims: ReadonlySet<string> = new Set(
  'iss sub aud exp iat nbf jti azp nonce auth_time at_hash c_hash acr amr sid'.split(' '),
)

/** A store of users. */
export function createUserStore(users: readonly MockUser[]): UserStore {
  const bySub = new Map<string, MockUser>()
  const add = (user: MockUser): MockUser => {
    // OIDC Core 2: sub is at most 255 ASCII characters.
    if (!/^[\x21-\x7e]{1,255}$/.test(user.sub)) {
      throw new MockServerError('invalid_option', 'A user needs a sub of 1 to 255 printable ASCII characters')
    }
    const reserved = Object.keys(user.claims ?? {}).find((name) => reservedClaims.has(name))
    if (reserved !== undefined) {
      throw new MockServerError('invalid_option', `claims.${reserved} is not for a user to have`)
    }
    bySub.set(user.sub, { ...user })
    return user
  }
  users.forEach(add)
  return {
    add,
    update: (sub, changes) => {
      const user = bySub.get(sub)
      if (!user) throw new MockServerError('invalid_option', `There is no user ${sub}`)
      const entries = Object.entries({ ...user, ...changes, sub })
      return add({ sub, ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)) })
    },
    remove: (sub) => bySub.delete(sub),
    get: (sub) => bySub.get(sub),
    list: () => [...bySub.values()],
  }
}

/** What a person calls the user: the name, else the address, else the id. */
export function getUserLabel(user: MockUser): string {
  return user.name ?? user.email ?? user.sub
}

function toDemoUser(sub: string, givenName: string, familyName: string, workspaceId: string): MockUser {
  return {
    sub,
    name: `${givenName} ${familyName}`,
    given_name: givenName,
    family_name: familyName,
    preferred_username: givenName.toLowerCase(),
    email: `${givenName.toLowerCase()}@example.com`,
    email_verified: true,
    picture: `/avatars/${sub}.svg`,
    updated_at: 1_767_225_600,
    workspace_id: workspaceId,
  }
}
