using Harness.Target.Messaging;
using StackExchange.Redis;

namespace Harness.Target.Chaos.Bus;

/// <summary>Puts poison on the bus, again and again until it is disposed, and takes back what became of it.</summary>
internal sealed class Poisoning : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly List<string> _made = [];
    private readonly IBus _bus;
    private readonly ServiceName _service;
    private readonly Task _running;

    public Poisoning(HeldFault held, TimeSpan every, IBus bus, ServiceName service, TimeProvider time)
    {
        (_bus, _service) = (bus, service);
        _running = Task.Run(() => PoisonAsync(held, every, time));
    }

    /// <summary>What no handler of a service takes: an event for another one.</summary>
    public static Message ForAnother(ServiceName service, string id) => new(
        service == ServiceName.Payments ? MessageTypes.PaymentProcessed : MessageTypes.OrderCreated, id, "nobody", "nothing", 1, 1);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        _ending.Dispose();
        foreach (var body in _made)
        {
            if (!await TryAsync(() => _bus.ForgetDeadLetterAsync(_service, body, CancellationToken.None)))
                return; // The bus is away. What is left says what it is, and stays where a person looks for what was given up on.
        }
    }

    private async Task PoisonAsync(HeldFault held, TimeSpan every, TimeProvider time)
    {
        try
        {
            while (true)
            {
                var id = PoisonMessages.Mark + Guid.NewGuid().ToString("N");
                var body = _made.Count % 2 == 0 ? id : ForAnother(_service, id).ToJson();
                _made.Add(body);
                if (await TryAsync(() => _bus.PutAsync(_service, body, _ending.Token)))
                    held.Count("messages poisoned");
                await Task.Delay(every, time, _ending.Token);
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            return;
        }
    }

    private static async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return false;
        }
    }
}
