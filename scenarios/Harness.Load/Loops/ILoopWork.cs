namespace Harness.Load.Loops;

/// <summary>Something that runs on an event loop, and may run a scenario's code.</summary>
internal interface ILoopWork
{
    /// <summary>Called outside the loop's gate.</summary>
    void Execute();

    /// <summary>On whose behalf it runs, to be named when it holds the loop; null when nobody knows.</summary>
    object? Owner { get; }
}

/// <summary>Whatever has a descriptor on an event loop.</summary>
internal interface ILoopDescriptor
{
    /// <summary>Called under the loop's gate with what the kernel reported.</summary>
    /// <returns>What is to run now that this has happened; null for nothing.</returns>
    ILoopWork? OnEvents(uint events);
}

/// <summary>A call that is under way on an event loop.</summary>
internal interface ILoopCall : ILoopWork
{
    /// <summary>Its place among the loop's calls; the loop's to set.</summary>
    int Place { get; set; }

    /// <summary>Called under the loop's gate now and then: ends the call when its time is up or its run is over.</summary>
    /// <param name="nowMs">As <see cref="Environment.TickCount64"/> has it.</param>
    /// <returns>Whether it did; the loop then runs it.</returns>
    bool EndIfDue(long nowMs);
}

/// <summary>Has work for a loop at moments that it knows beforehand.</summary>
internal interface ILoopSchedule
{
    /// <summary>As <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> has it; <see cref="long.MaxValue"/> when there is nothing more.
    /// Read under the loop's gate.</summary>
    long NextTimestamp { get; }

    /// <summary>Called under the loop's gate when <see cref="NextTimestamp"/> has come.</summary>
    /// <returns>What is to run; null when, after all, nothing is.</returns>
    ILoopWork? TakeDue();
}
