using Harness.Target.Messaging;
using Harness.Target.Storage;

namespace Harness.Target.Tests.Orders.Sagas;

/// <summary>Three services with outboxes and nothing in between but this: messages are late, come in any order, twice, at once, and again after every crash.</summary>
/// <param name="services">Each with its store.</param>
internal sealed class HostileBus(IReadOnlyDictionary<ServiceName, (IStore Store, IMessageHandler Handler)> services)
{
    private static readonly ServiceName[] Names = Enum.GetValues<ServiceName>();
    private readonly List<Message> _underWay = [];

    /// <summary>How often something other than the usual happened.</summary>
    public int Mishaps { get; private set; }

    /// <summary>One thing happens.</summary>
    /// <param name="what">A kind of thing.</param>
    /// <param name="which">To whom.</param>
    public Task StepAsync(int what, int which) => (what % 6) switch
    {
        0 => PublishAsync(Names[which % Names.Length], diesBeforeItForgets: false),
        1 => MishapAsync(() => PublishAsync(Names[which % Names.Length], diesBeforeItForgets: true)),
        2 => MishapAsync(() => DeliverAsync(which, times: 2)),
        3 => MishapAsync(() => DeliverAsync(which, times: 1, diesBeforeItAcknowledges: true)),
        _ => DeliverAsync(which, times: 1),
    };

    /// <summary>All that is under way arrives, and what follows from it.</summary>
    public async Task CalmAsync()
    {
        do
        {
            foreach (var name in Names)
                await PublishAsync(name, diesBeforeItForgets: false);
            while (_underWay.Count > 0)
                await DeliverAsync(0, times: 1);
        }
        while (services.Values.Any(one => one.Store.Read(Outbox.Count) > 0));
    }

    private Task MishapAsync(Func<Task> mishap)
    {
        Mishaps++;
        return mishap();
    }

    private async Task PublishAsync(ServiceName name, bool diesBeforeItForgets)
    {
        var store = services[name].Store;
        var rows = store.Read(connection => Outbox.Oldest(connection, 0));
        _underWay.AddRange(rows.Select(row => Message.TryParse(row.Body)!));
        if (rows.Count > 0 && !diesBeforeItForgets)
            await store.WriteAsync(connection => Outbox.Remove(connection, rows[^1].Sequence), CancellationToken.None);
    }

    private async Task DeliverAsync(int which, int times, bool diesBeforeItAcknowledges = false)
    {
        if (_underWay.Count == 0)
            return;
        var message = _underWay[which % _underWay.Count];
        var handler = services[MessageTypes.ListenerOf(message.Type)].Handler;
        await Task.WhenAll(Enumerable.Range(0, times).Select(_ => handler.HandleAsync(message, CancellationToken.None)));
        if (!diesBeforeItAcknowledges)
            _underWay.Remove(message);
    }
}
