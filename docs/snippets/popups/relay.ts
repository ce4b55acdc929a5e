import '@spatio-labs/auth/relay'
