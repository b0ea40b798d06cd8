using Harness.Target.Messaging;

namespace Harness.Target.Chaos.Bus;

/// <summary>A bus that duplicates, delays and reorders what goes onto it while somebody wants that, and forgets or is poisoned where it comes out.</summary>
/// <remarks>It never answers that it has a message before the bus below has it: no fault here loses one.</remarks>
internal sealed class ChaosBus(IBus bus, ChaosBoard board, TimeProvider time, Random random) : IBus
{
    public async Task PublishAsync(IReadOnlyList<Message> messages, CancellationToken cancellationToken)
    {
        if (!board.IsQuiet)
        {
            messages = Duplicate(messages);
            messages = await ReorderAsync(messages, cancellationToken);
            if (board.Find<DelayedMessages>(_ => true) is { } delayed)
            {
                await DelayAsync(delayed, (DelayedMessages)delayed.Fault, messages, cancellationToken);
                return;
            }
        }

        await bus.PublishAsync(messages, cancellationToken);
    }

    public IBusConsumer Join(ServiceName service) => new ChaosConsumer(bus.Join(service), board, Hits);

    public Task<BusCounts> CountAsync(ServiceName service, CancellationToken cancellationToken) => bus.CountAsync(service, cancellationToken);

    public Task<IReadOnlyList<string>> DeadLettersAsync(ServiceName service, int max, CancellationToken cancellationToken) =>
        bus.DeadLettersAsync(service, max, cancellationToken);

    public Task<int> ReplayAsync(ServiceName service, CancellationToken cancellationToken) => bus.ReplayAsync(service, cancellationToken);

    public Task PutAsync(ServiceName service, string body, CancellationToken cancellationToken) => bus.PutAsync(service, body, cancellationToken);

    public Task<bool> ForgetDeadLetterAsync(ServiceName service, string body, CancellationToken cancellationToken) =>
        bus.ForgetDeadLetterAsync(service, body, cancellationToken);

    private IReadOnlyList<Message> Duplicate(IReadOnlyList<Message> messages)
    {
        if (board.Find<DuplicatedMessages>(_ => true) is not { Fault: DuplicatedMessages fault } held)
            return messages;
        IReadOnlyList<Message> more = [.. messages.SelectMany(message => Hits(fault.Ratio) ? [message, message] : new[] { message })];
        held.Count("messages duplicated", more.Count - messages.Count);
        return more;
    }

    private async Task<IReadOnlyList<Message>> ReorderAsync(IReadOnlyList<Message> messages, CancellationToken cancellationToken)
    {
        if (board.Find<ReorderedMessages>(_ => true) is not { Fault: ReorderedMessages fault } held)
            return messages;
        // While this one waits the outbox gathers the next ones, which then come as one batch.
        await Task.Delay(fault.Window, time, cancellationToken);
        if (messages.Count > 1)
            held.Count("messages reordered", messages.Count - (messages.Count % 2)); // the middle one stays where it was
        return [.. messages.Reverse()];
    }

    private async Task DelayAsync(HeldFault held, DelayedMessages fault, IReadOnlyList<Message> messages, CancellationToken cancellationToken)
    {
        var waits = messages.Select(message => (message, Wait: Hits(fault.Ratio) ? fault.Next(Draw()) : TimeSpan.Zero)).ToList();
        await Task.WhenAll(waits.GroupBy(one => one.Wait, one => one.message).Select(async group =>
        {
            if (group.Key > TimeSpan.Zero)
                await Task.Delay(group.Key, time, cancellationToken);
            await bus.PublishAsync([.. group], cancellationToken);
        }));
        held.Count("messages delayed", waits.Count(one => one.Wait > TimeSpan.Zero));
    }

    private bool Hits(double ratio) => Draw() < ratio;

    private double Draw()
    {
        lock (random)
            return random.NextDouble();
    }
}
