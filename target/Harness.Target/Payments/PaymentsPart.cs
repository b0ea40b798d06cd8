using System.Data;
using Harness.Target.Messaging;
using Harness.Target.Storage;

namespace Harness.Target.Payments;

/// <summary>Payments: charges and refunds by double entry.</summary>
internal sealed class PaymentsPart : IServicePart
{
    public void Migrate(IDbConnection connection, SqlDialect dialect, ServiceOptions options) =>
        PaymentBook.Migrate(connection, dialect, options.Customers, options.BalanceCents);

    public void Add(IServiceCollection services, ServiceOptions options)
    {
        services.AddSingleton(new PaymentBook(options.Bug)).AddSingleton<IMessageHandler, PaymentsChoreography>();
    }

    public void Map(WebApplication app) =>
        PaymentsEndpoints.Map(app, app.Services.GetRequiredService<IStore>(), app.Services.GetRequiredService<BusInspector>());
}
