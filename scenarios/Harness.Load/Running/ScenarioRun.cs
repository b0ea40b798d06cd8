using Harness.Load.Arrivals;
using Harness.Load.Loops;

namespace Harness.Load.Running;

/// <summary>A scenario while it runs: takes arrivals from the pacer, gives each to a virtual user, and counts what comes of it.</summary>
internal sealed class ScenarioRun
{
    private const int LaneThreadsMost = 1000;

    private readonly ScenarioProps _props;
    private readonly LoadPass _pass;
    private readonly int _number;
    private readonly ulong _seed;
    private readonly ScenarioPlan _plan;
    private readonly UserPool _users;
    private readonly CopyTable _copies;
    private BlockingLane? _lane;
    private string? _stopReason;
    private long _failed;
    private readonly long _lastInvocation;
    private long _invocations;

    public ScenarioRun(ScenarioProps props, int number, LoadPass pass)
    {
        _props = props;
        _pass = pass;
        _number = number;
        _seed = SplitMix64.SeedFor((ulong)pass.Options.Seed, props.ScenarioName);
        _plan = new ScenarioPlan(props, (ulong)pass.Options.Seed);
        _users = new UserPool(this, pass.Options.MaxOpen);
        _copies = new CopyTable(this, pass.Options.MaxOpen);
        // Arrivals of the open model bring their numbers; virtual users count on from there.
        _invocations = _plan.OpenArrivals;
        _lastInvocation = _plan.Iterations is { } most ? _invocations + most : long.MaxValue;
    }

    public string Name => _props.ScenarioName;

    public Func<IScenarioContext, ValueTask<IResponse>> Body => _props.Body;

    public bool FailedStepEndsIteration => _props.RestartIterationOnFail;

    public LoadClock Clock => _pass.Clock;

    public CancellationToken OverToken => _pass.OverToken;

    public ScenarioPlan Plan => _plan;

    /// <summary>The longest that an iteration was seen to hold its thread; zero when the thread pool was never left for it.</summary>
    public TimeSpan Held { get; private set; }

    public ulong SeedOf(long invocation) => SplitMix64.SeedFor(_seed, (ulong)invocation);

    /// <summary>Called by pacers, for each arrival once.</summary>
    /// <param name="arrival">What is due.</param>
    /// <param name="number">Of the arrival, if an iteration is due, from 1.</param>
    /// <param name="loop">Where it is to run; null for the thread pool.</param>
    /// <returns>Who is to run now; null when nobody is.</returns>
    public VirtualUser? Arrive(Arrival arrival, long number, EventLoop? loop)
    {
        if (arrival.Copy is { } copy)
            return _copies.Start(copy, loop);

        int phase = _pass.Phases.At(arrival.Due);
        VirtualUser? user = _users.TryTake();
        _pass.Recorder.Due(_number, phase, dropped: user is null);
        if (user is null)
            return null;
        user.Loop = loop;
        user.Take(number, arrival.Due, Clock.TimestampAt(arrival.Due), phase);
        _pass.Open.Enter();
        return user;
    }

    /// <summary>Why nothing more is due before the plan is done; null when it goes on.</summary>
    public string? StopReason => Volatile.Read(ref _stopReason);

    public bool IsStopped => StopReason is not null;

    /// <summary>Whether its iterations run on threads of their own.</summary>
    public bool HasOwnThreads => Volatile.Read(ref _lane) is not null;

    public void QueueForThread(VirtualUser user)
    {
        if (Volatile.Read(ref _lane) is { } lane)
            lane.Post(static user => ((VirtualUser)user!).Execute(), user);
        else if (user.Loop is { } loop)
            loop.Post(user);
        else
            ThreadPool.UnsafeQueueUserWorkItem(user, preferLocal: false);
    }

    /// <param name="nowMs">As <see cref="Environment.TickCount64"/> has it.</param>
    /// <param name="holders">How many virtual users hold their thread now.</param>
    public long LongestHold(long nowMs, out int holders)
    {
        long[] holds = [.. _users.Holds(nowMs), .. _copies.Holds(nowMs)];
        holders = holds.Length;
        return holders == 0 ? 0 : holds.Max();
    }

    /// <summary>From now on its iterations run on threads of their own, those first that wait behind held ones.</summary>
    /// <param name="held">For how long one was seen to hold its thread.</param>
    /// <returns>False when they do so already.</returns>
    public bool MoveToOwnThreads(TimeSpan held)
    {
        Held = held > Held ? held : Held;
        // Another run's watch may see it too, on a loop that both share.
        if (_lane is not null
            || Interlocked.CompareExchange(ref _lane, new BlockingLane(Name, Math.Min(_pass.Options.MaxOpen, LaneThreadsMost)), null) is not null)
        {
            return false;
        }

        _users.QueueAgain();
        _copies.QueueAgain();
        return true;
    }

    /// <summary>Lets go of its threads.</summary>
    public void Close() => _lane?.Dispose();

    /// <summary>Counts an arrival that came due but that nobody will start, since the run is over.</summary>
    public void Miss(Arrival arrival)
    {
        if (arrival.Copy is null)
            _pass.Recorder.Due(_number, _pass.Phases.At(arrival.Due), dropped: false);
    }

    /// <summary>Begins the life of a virtual user of the closed model.</summary>
    /// <returns>Whether it is to run.</returns>
    public bool TryBegin(VirtualUser copy)
    {
        _pass.Open.Enter();
        if (TryTakeNext(copy, Clock.Timestamp))
            return true;
        Leave(copy);
        return false;
    }

    /// <summary>Nothing more is due; what is open ends and counts. Only the first reason is kept.</summary>
    public void Stop(string reason)
    {
        if (!_pass.PlanIsDone && Interlocked.CompareExchange(ref _stopReason, reason, null) is null)
            _pass.Stopped();
    }

    public void StopScenario(string name, string reason) => _pass.StopScenario(name, reason);

    public void StopAll(string reason) => _pass.StopAll(reason);

    public bool Wants(int copy) => !IsStopped && !OverToken.IsCancellationRequested && copy < _plan.CopiesAt(Clock.Now);

    public void CountSent(int phase, long due, long started) => _pass.Recorder.Sent(_number, phase, Clock.Microseconds(due, started));

    public void CountEnded(int phase, IResponse response, long due, long started, long ended)
    {
        // What ends after the run is over is no sample: it stays open.
        if (!OverToken.IsCancellationRequested)
        {
            _pass.Recorder.Ended(
                _number, phase, response.Outcome, response.Error, Clock.Microseconds(due, ended), Clock.Microseconds(started, ended));
            if (_props.MaxFailCount is { } most && response.IsError && Interlocked.Increment(ref _failed) >= most)
                StopAll($"{most} iterations of scenario '{Name}' were not ok");
        }
    }

    public void CountStep(VirtualUser user, string step, IResponse response, long started)
    {
        if (!OverToken.IsCancellationRequested)
        {
            long took = Clock.Microseconds(started, Clock.Timestamp);
            _pass.Recorder.Step(_number, user.Phase, step, response.Outcome, response.Error, took);
        }
    }

    /// <summary>After an iteration: takes the next one for a virtual user of the closed model, sends any other home.</summary>
    public bool TryContinue(VirtualUser user, long now)
    {
        if (user.Copy is not { } copy || (!Wants(copy) && !_copies.KeepsOn(copy)))
        {
            Leave(user);
            return false;
        }

        if (TryTakeNext(user, now))
            return true;
        Leave(user);
        return false;
    }

    public void Leave(VirtualUser user)
    {
        if (user.Copy is null)
            _users.Return(user);
        _pass.Open.Leave();
    }

    /// <summary>In the closed model an iteration is due when its virtual user is free, as long as there is one left to make.</summary>
    private bool TryTakeNext(VirtualUser copy, long now)
    {
        long invocation = Interlocked.Increment(ref _invocations);
        if (invocation > _lastInvocation)
        {
            Stop($"all {_plan.Iterations} iterations were made");
            return false;
        }

        TimeSpan due = Clock.ElapsedAt(now);
        int phase = _pass.Phases.At(due);
        _pass.Recorder.Due(_number, phase, dropped: false);
        copy.Take(invocation, due, now, phase);
        return true;
    }
}
