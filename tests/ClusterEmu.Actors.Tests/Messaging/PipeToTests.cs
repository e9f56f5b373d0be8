namespace ClusterEmu.Actors.Tests.Messaging;

public sealed class PipeToTests : TestKit
{
    [Fact]
    public async Task TheResultIsSentAsTheGivenSender()
    {
        var sender = CreateTestProbe();
        var work = new TaskCompletionSource<string>();
        var piped = work.Task.PipeTo(TestActor, sender, text => $"got {text}");
        work.SetResult("it");
        await ExpectMsgFromAsync(sender.Ref, "got it");
        await piped;
    }

    [Fact]
    public void ACompletedTaskIsSentInsideTheCall()
    {
        Task.FromResult("now").PipeTo(TestActor);
        Assert.True(HasMessages);
        ExpectMsg("now");
    }

    [Fact]
    public async Task AFailureIsSentAsStatusOrAsGiven()
    {
        await Task.FromException<string>(new FormatException("bad")).PipeTo(TestActor);
        Assert.IsType<FormatException>((await ExpectMsgAsync<ActorStatus.Failure>()).Cause);
        await Task.FromException(new FormatException("bad")).PipeTo(TestActor, failure: cause => cause.Message);
        await ExpectMsgAsync("bad");
        await Task.FromCanceled<string>(new CancellationToken(true)).PipeTo(TestActor);
        Assert.IsAssignableFrom<OperationCanceledException>((await ExpectMsgAsync<ActorStatus.Failure>()).Cause);
    }

    [Fact]
    public async Task ATaskWithoutAResultSendsOnlyWhatSuccessMakes()
    {
        await Task.CompletedTask.PipeTo(TestActor);
        await new ValueTask<int>(1).PipeTo(TestActor);
        await ExpectMsgAsync(1);
        await Task.CompletedTask.PipeTo(TestActor, success: () => "done");
        await ExpectMsgAsync("done");
    }

    [Fact]
    public async Task AConversionThatThrowsIsAFailure()
    {
        await Task.FromResult(1).PipeTo(TestActor, success: _ => throw new FormatException("bad"));
        Assert.IsType<FormatException>((await ExpectMsgAsync<ActorStatus.Failure>()).Cause);
    }
}
