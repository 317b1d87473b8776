/** What happens on the way up, in the order of the display. */
export const STEPS = {
  programs: "Programs of this machine",
  postgres: "PostgreSQL",
  redis: "Redis",
  rabbitmq: "RabbitMQ",
  mongo: "MongoDB",
  sandbox: "Sandbox: Stripe, SendGrid, Twilio",
  storefront: "Storefront",
  pictures: "Pictures of the demo catalogue",
  catalogue: "Demo catalogue",
  user: "User service",
  product: "Product service",
  cart: "Cart service",
  payment: "Payment service",
  order: "Order service",
  demo: "Demo accounts and promotions",
  gateway: "Gateway",
} as const;
export type StepName = keyof typeof STEPS;

/** Runs a step's work and shows it; `say` replaces the line below its title. */
export type Track = <T>(step: StepName, work: (say: (line: string) => void) => Promise<T>) => Promise<T>;

/** For stacks that nobody watches. */
export const untracked: Track = (_step, work) => work(() => {});
