namespace ClusterEmu.Cli.Roles;

/// <summary>A log file that cannot fill the disk: past its limit it becomes <c>FILE.1</c>, over the former one, and begins anew.</summary>
/// <remarks>One writer. Whole writes stay together, so that a writer that flushes lines never tears one.</remarks>
public sealed class RollingLog : Stream
{
    public const long UsualLimit = 16 * 1024 * 1024;
    private readonly string _path;
    private readonly long _limit;
    private FileStream _file;

    /// <param name="path">The file; it is appended to if it is there.</param>
    /// <param name="limit">Bytes of a file, above 0; the two files together hold at most twice that, unless a single write is longer.</param>
    public RollingLog(string path, long limit = UsualLimit)
    {
        (_path, _limit) = (path, limit);
        _file = Open(path);
    }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => _file.Length;
    public override long Position { get => _file.Position; set => throw new NotSupportedException("A log is only appended to."); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_file.Position > 0 && _file.Position + buffer.Length > _limit) Roll();
        _file.Write(buffer);
    }

    public override void Flush() => _file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A log is only appended to.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A log is only appended to.");

    public override void SetLength(long value) => throw new NotSupportedException("A log is only appended to.");

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }

    private void Roll()
    {
        _file.Dispose();
        File.Move(_path, _path + ".1", overwrite: true);
        _file = Open(_path);
    }

    private static FileStream Open(string path) => new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
