using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Target.Commands;
using Harness.Target.Inventory;
using Harness.Target.Messaging;
using Harness.Target.Observability;
using Harness.Target.Orders;
using Harness.Target.Payments;

namespace Harness.Target;

/// <summary>Every body that leaves a service, in camelCase; generated, because reflection would cost start-up time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(RestState))]
[JsonSerializable(typeof(Orders.Keeping.OrderPlaced))]
[JsonSerializable(typeof(AcceptedOrder))]
[JsonSerializable(typeof(OrderView))]
[JsonSerializable(typeof(MoneyCommand))]
[JsonSerializable(typeof(StockCommand))]
[JsonSerializable(typeof(DecisionCommand))]
[JsonSerializable(typeof(CommandAnswer))]
[JsonSerializable(typeof(OrdersAudit))]
[JsonSerializable(typeof(PaymentsAudit))]
[JsonSerializable(typeof(InventoryAudit))]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonNode))]
internal sealed partial class TargetJson : JsonSerializerContext;
