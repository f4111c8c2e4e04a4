import Alerting
import Bookkeeping
import Delivery
package import Storage

/// Every stage's tables, in the order of the stream.
package enum Schema {
  package static let migrations: [Migration] =
    Bookkeeping.Tables.migrations + Alerting.Tables.migrations + Delivery.Tables.migrations
}
