// Where popups and hidden frames arrive.
import '@spatio-labs/auth/relay'
