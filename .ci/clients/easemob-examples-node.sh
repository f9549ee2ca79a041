# Easemob's example in JavaScript, easemob/emchat-server-examples, folder emchat-server-nodejs: each call but uploads (nodejs).

run_suite() {
    # Its two modules serve uploads only; it speaks TLS to a fixed port.
    mkdir -p node_modules/node-fetch node_modules/form-data resources/cacert
    for module in node-fetch form-data; do echo 'module.exports = function () {}' >node_modules/$module/index.js; done
    : >resources/cacert/cacert.pem
    cat >resources/config.js <<JS
module.exports = { org_name: '$ORG', app_name: '$APP', client_id: '$CLIENT_ID', client_secret: '$CLIENT_SECRET',
    host: '127.0.0.1', ca: 'resources/cacert/cacert.pem' };
JS
    cat >drive.js <<'JS'
const https = require('https'), http = require('http');
let answered;
https.request = (options, heard) => http.request({ ...options, port: process.env.PORT }, reply => {
    let text = '';
    reply.on('data', chunk => { text += chunk; });
    reply.on('end', () => { if (!options.path.includes('/token')) answered({ status: reply.statusCode, text }); });
    heard(reply);
});
const say = console.log;
console.log = () => {};
const make = name => new (require('./easemob/' + name))();
const user = make('user'), group = make('group'), room = make('chatRoom'), message = make('sendMessage'), history = make('chatHistory');
let passed = 0, failed = 0;

async function call(name, function_, isRight = () => true) {
    const reply = await new Promise((resolve, reject) => {
        answered = resolve;
        setTimeout(() => resolve({ status: 0, text: 'no answer' }), 20000).unref();
        function_();
    });
    let value = {};
    try { value = JSON.parse(reply.text); } catch (_) { }
    let isGood = reply.status === 200;
    try { isGood = isGood && isRight(value); } catch (_) { isGood = false; }
    if (isGood) { passed++; } else { failed++; say('FAILED', name, reply.status, reply.text.slice(0, 300)); }
    return value;
}

(async () => {
    await call('createUser', () => user.createUser('u1', '1'));
    await call('createUsers', () => user.createUsers(['u2', 'u3', 'u4'].map(name => ({ username: name, password: '1' }))),
        reply => reply.entities.length === 3);
    await call('getUser', () => user.getUser('u1'), reply => reply.entities[0].username === 'u1');
    await call('getUsers', () => user.getUsers(2), reply => reply.entities.length === 2 && reply.cursor);
    await call('resetPassword', () => user.resetPassword('u1', '1', '2'));
    await call('editNickname', () => user.editNickname('u1', 'Ann'), reply => reply.entities[0].nickname === 'Ann');
    await call('addFriend', () => user.addFriend('u1', 'u2'));
    await call('showFriends', () => user.showFriends('u1'), reply => reply.data[0] === 'u2');
    await call('deleteFriend', () => user.deleteFriend('u1', 'u2'));
    await call('addUserForBlacklist', () => user.addUserForBlacklist('u1', ['u3']));
    await call('getBlacklist', () => user.getBlacklist('u1'), reply => reply.data[0] === 'u3');
    await call('deleteUserFromBlacklist', () => user.deleteUserFromBlacklist('u1', 'u3'));
    await call('isOnline', () => user.isOnline('u1'), reply => reply.data.u1 === 'offline');
    await call('getOfflineMessages', () => user.getOfflineMessages('u1'), reply => reply.data.u1 === 0);
    await call('getOfflineMessageStatus', () => user.getOfflineMessageStatus('u1', '123'));
    await call('deactivateUser', () => user.deactivateUser('u4'));
    await call('activateUser', () => user.activateUser('u4'));
    await call('disconnectUser', () => user.disconnectUser('u4'), reply => reply.data.result === true);
    const to = { type: 'users', target: ['u2'], from: 'u1', ext: { a: 'b' } };
    await call('sendText', () => message.sendText({ ...to, content: 'hi' }));
    await call('sendImage', () => message.sendImage({ ...to, url: 'http://x/y', filename: 'a.png', secret: 's', width: 1, height: 1 }));
    await call('sendAudio', () => message.sendAudio({ ...to, url: 'http://x/y', filename: 'a.amr', length: 1, secret: 's' }));
    await call('sendVideo', () => message.sendVideo({ ...to, url: 'http://x/y', filename: 'a.mp4', thumb: 'http://x/z', length: 1,
        file_length: 1, thumb_secret: 's', secret: 's' }));
    await call('sendCmd', () => message.sendCmd({ ...to, action: 'act' }));
    const made = await call('createGroup', () => group.createGroup({ groupname: 'g', desc: 'd', public: true, maxusers: 300,
        approval: false, owner: 'u1', members: ['u2'] }));
    const id = made.data.groupid;
    await call('getGroups', () => group.getGroups(), reply => reply.data[0].groupid === id);
    await call('getGroupDetail', () => group.getGroupDetail([id]), reply => reply.data[0].id === id);
    await call('modifyGroupInfo', () => group.modifyGroupInfo({ group_id: id, groupname: 'n', description: 'x', maxusers: 200 }));
    await call('getGroupUsers', () => group.getGroupUsers(id), reply => reply.data.length === 2);
    await call('addGroupMember', () => group.addGroupMember(id, 'u3'));
    await call('addGroupMembers', () => group.addGroupMembers(id, ['u4']));
    await call('deleteGroupMembers', () => group.deleteGroupMembers(id, ['u4']));
    await call('deleteGroupMember', () => group.deleteGroupMember(id, 'u3'));
    await call('getGroupsForUser', () => group.getGroupsForUser('u1'), reply => reply.data[0].groupid === id);
    await call('changeGroupOwner', () => group.changeGroupOwner({ group_id: id, newowner: 'u2' }));
    await call('addGroupBlackMember', () => group.addGroupBlackMember(id, 'u1'));
    await call('getGroupBlackList', () => group.getGroupBlackList(id), reply => reply.data[0] === 'u1');
    await call('deleteGroupBlackMember', () => group.deleteGroupBlackMember(id, 'u1'));
    await call('deleteGroup', () => group.deleteGroup(id));
    const place = (await call('createChatRoom', () => room.createChatRoom({ name: 'r', description: 'd', maxusers: 300, owner: 'u1',
        members: ['u2'] }))).data.id;
    await call('modifyChatRoom', () => room.modifyChatRoom({ chatroom_id: place, name: 'n', description: 'x', maxusers: 200 }));
    await call('getChatRooms', () => room.getChatRooms(), reply => reply.data[0].id === place);
    await call('getChatRoomDetail', () => room.getChatRoomDetail(place));
    await call('getChatRoomJoined', () => room.getChatRoomJoined('u2'), reply => reply.data[0].id === place);
    await call('addChatRoomMember', () => room.addChatRoomMember(place, 'u3'));
    await call('addChatRoomMembers', () => room.addChatRoomMembers(place, ['u4']));
    await call('deleteChatRoomMember', () => room.deleteChatRoomMember(place, 'u3'));
    await call('deleteChatRoomMembers', () => room.deleteChatRoomMembers(place, ['u4']));
    await call('deleteChatRoom', () => room.deleteChatRoom(place));
    await call('getChatMessages', () => history.getChatMessages('', 10, ''), reply => reply.entities.length > 0);
    await call('deleteUser', () => user.deleteUser('u4'));
    await call('deleteUsers', () => user.deleteUsers(2, ''));
    say(`${passed} of ${passed + failed}`);
    process.exit(failed ? 1 : 0);
})();
JS
    node drive.js
}
