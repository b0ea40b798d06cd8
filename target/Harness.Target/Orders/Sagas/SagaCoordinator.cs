using System.Collections.Concurrent;
using Harness.Target.Observability;
using Harness.Target.Orders.Keeping;
using Harness.Target.Storage;

namespace Harness.Target.Orders.Sagas;

/// <summary>
/// Leads each saga from step to step: what is to be done was written down before, then it is commanded, then its outcome and the next step are
/// one commit. Whatever dies in between is found by the next process of Orders when it starts and done again, under the same key.
/// </summary>
/// <remarks>
/// The log decides, not this process: a move that finds the saga elsewhere is not made, so two coordinators on one database do no harm.
/// How many sagas there are at once is bounded where orders are let in.
/// </remarks>
public sealed class SagaCoordinator : BackgroundService
{
    private static readonly TimeSpan RetryFirst = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(2);

    // Seldom: what is begun here is led from here, and a saga that another process leads is led twice for a moment, which its log bears.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    private readonly IStore _store;
    private readonly IOrderStorage _storage;
    private readonly ISagaCommands _commands;
    private readonly SagaPlan _plan;
    private readonly SagaEnds _ends;
    private readonly TimeProvider _time;
    private readonly ILogger<SagaCoordinator> _logger;
    private readonly ConcurrentDictionary<string, byte> _driven = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ending = new();

    public SagaCoordinator(IStore store, IOrderStorage storage, ISagaCommands commands, SagaPlan plan, SagaEnds ends, TimeProvider time, MetricRegistry metrics, ILogger<SagaCoordinator> logger)
    {
        (_store, _storage, _commands, _plan, _ends, _time, _logger) = (store, storage, commands, plan, ends, time, logger);
        foreach (var step in Enum.GetValues<SagaStep>().Where(step => step != SagaStep.Ended))
        {
            metrics.Gauge("saga_steps", "Sagas by the step that they are at.",
                () => store.Read(SagaLog.Count).GetValueOrDefault(step), $"step=\"{step.ToString().ToUpperInvariant()}\"");
        }
    }

    /// <summary>Leads a saga from where it stands; nothing when that is done already.</summary>
    public void Drive(Saga saga)
    {
        if (!_ending.IsCancellationRequested && _driven.TryAdd(saga.Order.Id, 0))
            _ = Task.Run(() => DriveToEndAsync(saga));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        await base.StopAsync(cancellationToken);
    }

    /// <summary>Takes up what nobody leads: at the start what an earlier process left, later what another one did that has gone.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                TakeUp();
                failures = 0;
                await Task.Delay(LookEvery, _time, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (failures == 0)
                    _logger.LogWarning("Unfinished sagas cannot be read: {Problem}", e.Message);
                await Task.Delay(Pause(failures++), _time, stoppingToken);
            }
        }
    }

    private void TakeUp()
    {
        var left = _store.ReadOne(SagaLog.Unfinished).Where(saga => !_driven.ContainsKey(saga.Order.Id)).ToList();
        foreach (var saga in left)
            Drive(saga);
        if (left.Count > 0)
            _logger.LogWarning("{Count} sagas are taken up where they were left.", left.Count);
    }

    private async Task DriveToEndAsync(Saga saga)
    {
        try
        {
            for (var failures = 0; saga.Step != SagaStep.Ended;)
            {
                try
                {
                    saga = await StepAsync(saga, _ending.Token);
                    failures = 0;
                }
                catch (Exception e) when (!_ending.IsCancellationRequested)
                {
                    if (failures == 0)
                        _logger.LogWarning("Order {OrderId}: {Step} came to nothing and is tried again: {Problem}", saga.Order.Id, saga.Step, e.Message);
                    await Task.Delay(Pause(failures++), _time, _ending.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // The log knows how far it came.
        }
        finally
        {
            _driven.TryRemove(saga.Order.Id, out _);
        }
    }

    private async Task<Saga> StepAsync(Saga saga, CancellationToken cancellationToken)
    {
        var late = _time.GetUtcNow() >= saga.DueAt ? _plan.WhenLate(saga.Step) : null;
        var move = late ?? _plan.After(saga.Step, await _commands.DoAsync(saga, cancellationToken));
        if (!await _store.WriteAsync(connection => SagaLog.TryMove(connection, _storage, saga, move), cancellationToken))
            return _store.Read(connection => SagaLog.Find(connection, saga.Order.Id)); // Moved already: by an earlier try whose commit we did not hear of, or by another coordinator.
        if (late is not null)
        {
            _ends.Expired.Add();
            _logger.LogWarning("Order {OrderId} is cancelled: it was still {Step} at its deadline.", saga.Order.Id, saga.Step);
        }

        if (move.OrderStatus is { } status)
            _ends.Add(status);
        return saga with { Step = move.To };
    }

    /// <summary>Doubles from a tenth of a second to two; between half of that and all of it, so that sagas which failed together do not come back together.</summary>
    private static TimeSpan Pause(int failures) =>
        TimeSpan.FromTicks(Math.Min(RetryMax.Ticks, RetryFirst.Ticks << Math.Min(failures, 10))) * (0.5 + Random.Shared.NextDouble() / 2);
}
