import type { Carrier } from "@tradepost/contracts/order";
import type { Sql } from "@tradepost/postgres/sql";

export interface ShipmentRow {
  id: string;
  order_id: string;
  carrier: Carrier;
  tracking_number: string;
  tracking_url: string | null;
  shipped_at: Date;
  delivered_at: Date | null;
}

export async function insertShipment(
  tx: Sql,
  shipment: {
    id: string;
    orderId: string;
    carrier: Carrier;
    trackingNumber: string;
    trackingUrl: string | null;
    shippedAt: Date;
    shippedBy: string;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO shipments (id, order_id, carrier, tracking_number, tracking_url, shipped_at, shipped_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      shipment.id,
      shipment.orderId,
      shipment.carrier,
      shipment.trackingNumber,
      shipment.trackingUrl,
      shipment.shippedAt,
      shipment.shippedBy,
    ],
  );
}

export async function listShipments(sql: Sql, orderId: string): Promise<ShipmentRow[]> {
  const { rows } = await sql.query<ShipmentRow>("SELECT * FROM shipments WHERE order_id = $1 ORDER BY shipped_at, id", [
    orderId,
  ]);
  return rows;
}

/** Notes that all parcels of an order have arrived. */
export async function noteDelivery(tx: Sql, orderId: string, at: Date): Promise<void> {
  await tx.query("UPDATE shipments SET delivered_at = $2 WHERE order_id = $1 AND delivered_at IS NULL", [orderId, at]);
}
