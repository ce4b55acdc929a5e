export { default as RequireAuth } from './require-auth.svelte'
export { default as SignedIn } from './signed-in.svelte'
export { default as SignedOut } from './signed-out.svelte'
