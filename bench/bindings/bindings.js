// The bindings that are compared, in the order of the table.

/**
 * @typedef {object} Binding
 * @property {string} id its file in pages/, and its path at the app server
 * @property {string} packageName
 * @property {string} entry what an app imports, below the project
 * @property {string} core what it is a binding of, which is counted apart
 * @property {'react' | 'vue'} framework
 */

/** @param {string} name @param {string} file */
const peer = (name, file) => `bench/node_modules/${name}/${file}`

/** @type {readonly Binding[]} */
export const bindings = [
  {
    id: 'auth-react',
    packageName: '@spatio-labs/auth-react',
    entry: 'packages/react/dist/index.js',
    core: '@spatio-labs/auth',
    framework: 'react',
  },
  {
    id: 'react-oidc-context',
    packageName: 'react-oidc-context',
    entry: peer('react-oidc-context', 'dist/esm/react-oidc-context.js'),
    core: 'oidc-client-ts',
    framework: 'react',
  },
  {
    id: 'auth0-react',
    packageName: '@auth0/auth0-react',
    entry: peer('@auth0/auth0-react', 'dist/auth0-react.esm.js'),
    core: '@auth0/auth0-spa-js',
    framework: 'react',
  },
  {
    id: 'logto-react',
    packageName: '@logto/react',
    entry: peer('@logto/react', 'lib/index.js'),
    core: '@logto/browser',
    framework: 'react',
  },
  {
    id: 'auth-vue',
    packageName: '@spatio-labs/auth-vue',
    entry: 'packages/vue/dist/index.js',
    core: '@spatio-labs/auth',
    framework: 'vue',
  },
  {
    id: 'auth0-vue',
    packageName: '@auth0/auth0-vue',
    entry: peer('@auth0/auth0-vue', 'dist/auth0-vue.production.esm.js'),
    core: '@auth0/auth0-spa-js',
    framework: 'vue',
  },
]
