using System.Data;
using Harness.Target.Commands;
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
        services.AddSingleton(provider => new CommandEndpoint(provider.GetRequiredService<IStore>(), options.Bug == Bug.DoubleChargeOnRedelivery));
        services.AddSingleton<PaymentsCommands>();
    }

    public void Map(WebApplication app)
    {
        PaymentsEndpoints.Map(app, app.Services.GetRequiredService<IStore>(), app.Services.GetRequiredService<BusInspector>());
        switch (app.Services.GetRequiredService<ServiceOptions>().Coordination)
        {
            case Coordination.Orchestration:
                app.Services.GetRequiredService<PaymentsCommands>().Map(app);
                break;
            case Coordination.TwoPhaseCommit:
                var book = app.Services.GetRequiredService<PaymentBook>();
                app.Services.GetRequiredService<VoteEndpoints>().Map(app, MoneyCommand.Fields, MoneyCommand.Read, command => command.OrderId,
                    (connection, command) => book.Charge(connection, command.OrderId, command.Customer, command.AmountCents) == true);
                break;
        }
    }
}
