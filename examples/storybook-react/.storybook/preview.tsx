import { withSpatioAuth } from './with-spatio-auth'

export default { decorators: [withSpatioAuth] }
