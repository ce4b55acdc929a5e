/** What a sign-in is made of, for who has not seen one: a title and a detail each. */
export const HERO_STEPS = [
  ['You leave for Spatio', 'with a fresh state, nonce and PKCE challenge'],
  ['You choose', 'who you are, and what this page may read'],
  ['You come back', 'with a code, exchanged once and checked'],
  ['You stay', 'the token renews in silence, in one tab or ten'],
] as const
