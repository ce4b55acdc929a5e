/** How a message names this command: what runs it for who has it from the registry, and nothing installed. */
export const INVOCATION = 'npx @spatio-labs/auth-cli'
