export { type ShipperConfig, loadShipperConfig } from './config.ts'
export { type LokiOptions } from './deliver/loki.ts'
export {
  type FilePattern,
  type Shipper,
  type ShipperOptions,
  type ShipperStatus,
  createShipper,
} from './shipper.ts'
